# The unit is made from its .in by make's own rule.
if SYSTEMD_UNITS
systemdsystemunit_DATA = systemd/ringround.service
sysusers_DATA = systemd/ringround.conf
endif
systemd/ringround.conf: systemd/ringround.sysusers
	$(AM_V_GEN)$(MKDIR_P) $(@D) && cp $(srcdir)/systemd/ringround.sysusers $@
EXTRA_DIST += systemd/ringround.service.in systemd/ringround.sysusers
CLEANFILES += systemd/ringround.service systemd/ringround.conf
