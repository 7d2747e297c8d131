// One at a time changes the schema.
#pragma once

#include "store/database.h"

namespace daifuku::store {

// Until the transaction ends, nobody else changes the schema or numbers what it is made of:
// programs and companies on one PostgreSQL database wait for each other. Nothing to do on the
// embedded store, which has one writer.
void lock_schema(Transaction& transaction);

}  // namespace daifuku::store
