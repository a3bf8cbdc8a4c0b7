/* proposals_tell.c: telling those who asked for it what became of a proposal. */
#include "features/proposals/proposals.h"
#include "proposals_tell_sql.h"

Error *proposals_tell(Tx *tx, const Notice *notice, int64_t id, Instant now)
{
    ProposalToTellRows rows;
    Error *err = sql_proposal_to_tell(tx_snapshot(tx), notice->area, id, &rows);
    for (size_t i = 0; !err && i < rows.count; i++) {
        err = notices_send(tx, notice, rows.rows[i].proposer_id, now);
    }
    return err;
}
