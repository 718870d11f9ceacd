/*
 * What costs more than it gives.  An open check-in is one that has an instant
 * to be looked at, so the index of those instants lists the open ones too.
 */
#include "ledger/schema.h"

const char schema_lean[] =
"DROP INDEX checkin_open;";
