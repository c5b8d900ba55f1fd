-- What each sighting of a subscription says of the whole of it; one row a subscription and sighting, the newest marked.
-- per client: subscription_id
select
    subscription_id,
    happened_at,
    source,
    event_id,
    coalesce(list_contains(json_keys(earlier_values), 'status'), false) as is_status_told,
    coalesce(list_contains(json_keys(earlier_values), 'pause_collection'), false) as is_pause_told,
    customer_id,
    payload ->> '$.status' as status,
    -- All items of a subscription are of one currency; servers of older shapes say it there alone.
    lower(coalesce(
        payload ->> '$.currency', payload ->> '$.items.data[0].price.currency', payload ->> '$.items.data[0].plan.currency', payload ->> '$.plan.currency'
    )) as currency,
    coalesce(payload ->> '$.collection_method', payload ->> '$.billing', 'charge_automatically') as collection_method,
    to_timestamp((payload ->> '$.created')::bigint)::timestamp as created_at,
    to_timestamp(coalesce((payload ->> '$.start_date')::bigint, (payload ->> '$.start')::bigint, (payload ->> '$.created')::bigint))::timestamp
        as start_at,
    to_timestamp((payload ->> '$.trial_start')::bigint)::timestamp as trial_start_at,
    to_timestamp((payload ->> '$.trial_end')::bigint)::timestamp as trial_end_at,
    to_timestamp(coalesce(
        (payload ->> '$.ended_at')::bigint, if((payload ->> '$.status') = 'canceled', (payload ->> '$.canceled_at')::bigint, null)
    ))::timestamp as ended_at,
    to_timestamp((payload ->> '$.cancel_at')::bigint)::timestamp as cancel_at,
    coalesce((payload ->> '$.cancel_at_period_end')::boolean, false) as is_leaving_at_period_end,
    to_timestamp(coalesce((payload ->> '$.current_period_end')::bigint, (payload ->> '$.items.data[0].current_period_end')::bigint))::timestamp
        as period_end_at,
    coalesce(json_type(payload -> '$.pause_collection'), 'NULL') = 'OBJECT' as is_collection_paused,
    to_timestamp((payload ->> '$.status_details.paused.transitioned_at')::bigint)::timestamp as paused_at,
    payload ->> '$.cancellation_details.reason' as cancellation_reason,
    payload ->> '$.cancellation_details.feedback' as cancellation_feedback,
    payload ->> '$.cancellation_details.comment' as cancellation_comment,
    coalesce((payload ->> '$.items.has_more')::boolean, false) as has_more_items,
    coalesce(
        payload ->> '$.default_payment_method.id', payload ->> '$.default_payment_method', payload ->> '$.default_source.id', payload ->> '$.default_source'
    ) as payment_method_id,
    to_timestamp((payload ->> '$.billing_cycle_anchor')::bigint)::timestamp as anchor_at,
    coalesce((payload ->> '$.days_until_due')::integer, 0) as days_until_due,
    payload -> '$.default_tax_rates' as tax_rates,
    row_number() over (partition by subscription_id order by (source = 'log') desc, happened_at desc, event_id desc) = 1 as is_newest
from stg_stripe__subscription_payloads
