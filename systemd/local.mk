# Units are made from x.in by make's own rule:
#
#   if SYSTEMD_UNITS
#   systemdsystemunit_DATA = systemd/ringround.service
#   sysusers_DATA = systemd/ringround.sysusers
#   endif
#   EXTRA_DIST += systemd/ringround.service.in
#   CLEANFILES += systemd/ringround.service
