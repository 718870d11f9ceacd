# One morning in a minute: the real daemon against the exchange.
demo: all
	@echo 'There is no demo yet.'; exit 1
.PHONY: demo
