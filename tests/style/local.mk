dist_check_SCRIPTS += tests/style/test_layers.sh tests/style/test_style.sh
EXTRA_DIST += tests/style/bare.awk
