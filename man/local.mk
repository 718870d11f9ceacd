# Manual pages:  dist_man_MANS += man/ringroundd.8
