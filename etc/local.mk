# A scheme to start from, installed as documentation; the demo's scheme; and
# the acceptance scheme, which must load unchanged.
examplesdir = $(docdir)/examples
dist_examples_DATA = etc/ringround.conf
examplescalendarsdir = $(examplesdir)/calendars.d
dist_examplescalendars_DATA = etc/calendars.d/england-and-wales.conf
examplespeopledir = $(examplesdir)/participants.d
dist_examplespeople_DATA = etc/participants.d/10-northfield.conf
examplesteamdir = $(examplesdir)/volunteers.d
dist_examplesteam_DATA = etc/volunteers.d/team.conf

EXTRA_DIST += \
	etc/acceptance/auth_token \
	etc/acceptance/participants.csv \
	etc/acceptance/participants.d/10-sneinton.conf \
	etc/acceptance/ringround.conf \
	etc/acceptance/volunteers.d/team.conf \
	etc/demo/auth_token \
	etc/demo/participants.d/10-northfield.conf \
	etc/demo/participants.d/20-harbour.conf \
	etc/demo/participants.d/30-mill-lane.conf \
	etc/demo/ringround.conf \
	etc/demo/volunteers.d/team.conf
