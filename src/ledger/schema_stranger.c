/*
 * What somebody wrote whom we do not know: a human has to find it by the
 * number it came from.
 */
#include "ledger/schema.h"

const char schema_stranger[] =
"CREATE INDEX reply_stranger ON reply (number, at)"
"	WHERE participant IS NULL AND volunteer IS NULL;";
