/*
 * ringround - the command line for coordinators and administrators.
 */
#include "cli/cli.h"

int
main(int argc, char **argv)
{
	return cli_main(argc, argv);
}
