dist_man_MANS += \
	man/ringround.1 \
	man/ringround-exchange.1 \
	man/ringround.conf.5 \
	man/ringroundd.8
