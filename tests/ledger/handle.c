#include "ledger/handle.h"

#include "ledger/db.h"

sqlite3 *
handle_of(struct ledger *l)
{
	return l->db;
}
