/** Rights in force, as `g`, of people who are there, as `p`: of $1 = provider at $2 = now. */
export const inForce = `core.role_grant g
  join core.person p on p.provider_id = g.provider_id and p.id = g.person and p.state = 'active'
  where g.provider_id = $1
    and g.state = 'active'
    and coalesce(g.valid_from, '-infinity') <= $2
    and coalesce(g.valid_to, 'infinity') > $2`;
