-- title: {variant} there
-- ours: A week counts 52 ÷ 12 times a month, a day 365 ÷ 12 times.
with factors (interval_unit, factor, variant) as (
    values ('week', 4.33, 'A week counts 4.33 times a month'), ('week', 4.0, 'A week counts 4 times a month'),
        ('week', 365.25 / 84, 'A week counts 4.348 times a month'), ('week', 4.3, 'A week counts 4.3 times a month'),
        ('day', 30.0, 'A day counts 30 times a month'), ('day', 365.25 / 12, 'A day counts 30.44 times a month'),
        ('day', 30.4, 'A day counts 30.4 times a month')
)

select items.client_key, items.currency, items.from_at, items.to_at, factors.variant,
    to_whole(items.left_minor * items.net_of_tax * factors.factor::double / items.interval_count) - items.full_mrr_minor as delta_minor
from item_values as items
join factors using (interval_unit)
where items.mode = 'on'
