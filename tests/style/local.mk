# dist_check_SCRIPTS += tests/style/test_style.sh
