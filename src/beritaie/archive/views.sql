-- What analysts ask first. Every view has article_id and the record's id, and start and "end" where there is something to show.

-- office: the whole office in its standard form, so that 'Wagub DKI' and 'Wakil Gubernur DKI Jakarta' are one: the canonical title, body and
-- region. These are the article's own of this name, else what the archive knows by it, where that is one only.
CREATE VIEW office_holders AS
WITH regions AS (
    SELECT name, any_value(canonical) AS canonical FROM places
    WHERE canonical IS NOT NULL GROUP BY name HAVING count(DISTINCT canonical) = 1
),
known AS (
    SELECT name, any_value(canonical) AS canonical FROM organizations
    WHERE canonical IS NOT NULL GROUP BY name HAVING count(DISTINCT canonical) = 1
),
own AS (SELECT article_id, name, any_value(canonical) AS canonical FROM places WHERE canonical IS NOT NULL GROUP BY ALL),
bodies AS (SELECT article_id, name, any_value(canonical) AS canonical FROM organizations WHERE canonical IS NOT NULL GROUP BY ALL),
full_names AS (
    SELECT
        o.*, coalesce(o.canonical, o.title) AS full_title, coalesce(b.canonical, k.canonical, o.organization) AS body,
        -- without the class that the place is not called by here: a Bupati is one of a Kabupaten anyway
        regexp_replace(
            coalesce(w.canonical, r.canonical, o.place),
            CASE WHEN regexp_matches(o.place, '^(Kabupaten|Kota|Provinsi) ') THEN '^$' ELSE '^(Kabupaten|Kota|Provinsi)( Administrasi)? ' END, ''
        ) AS region
    FROM positions o
    LEFT JOIN bodies b ON b.article_id = o.article_id AND b.name = o.organization
    LEFT JOIN known k ON k.name = o.organization
    LEFT JOIN own w ON w.article_id = o.article_id AND w.name = o.place
    LEFT JOIN regions r ON r.name = o.place
)
SELECT
    o.article_id, a.published, o.person_id, o.person, o.title, o.organization, o.place, o.status, o.canonical, o.id AS position_id,
    concat_ws(
        ' ',
        -- the title of a head has the body's name without its region (Kepala Dinas Perhubungan): the body says it with it
        CASE
            WHEN starts_with(o.body, nullif(regexp_extract(o.full_title, '^(?:.* )?Kepala (.+)$', 1), ''))
            THEN regexp_extract(o.full_title, '^(?:.* )?Kepala') ELSE o.full_title
        END,
        o.body,
        CASE WHEN o.region IS NOT NULL AND NOT ends_with(coalesce(o.body, ''), o.region) THEN o.region END
    ) AS office
FROM full_names o JOIN articles a USING (article_id);

CREATE VIEW who_said_what AS
WITH offices AS (
    SELECT
        article_id, person_id,
        string_agg(concat_ws(' ', title, organization, place), '; ' ORDER BY length(id), id) AS offices
    FROM positions GROUP BY ALL
)
SELECT
    q.article_id, a.published, q.speaker_id, q.speaker, offices.offices, q.cue, q.kind, q.text,
    q.id AS quote_id, q.start, q."end", a.title AS article_title
FROM quotes q
JOIN articles a USING (article_id)
LEFT JOIN offices ON offices.article_id = q.article_id AND offices.person_id = q.speaker_id;

-- An amount belongs to an organization where the article says so (basis 'stated', from relations), else to the nearest one named in the
-- same paragraph, at most 200 characters away ('near': a hint to read up, no claim of the article).
CREATE VIEW money_by_organization AS
WITH stated AS (
    SELECT r.article_id, m.id AS money_id, o.id AS organization_id
    FROM relations r
    JOIN money m ON m.article_id = r.article_id AND m.id IN (r.subject, r.object)
    JOIN organizations o ON o.article_id = r.article_id AND o.id IN (r.subject, r.object)
    WHERE r.kind = 'amount_for'
),
apart AS (
    SELECT
        m.article_id, m.id AS money_id, n.record_id AS organization_id, n.start AS at,
        least(m."end", n."end") AS gap_start, greatest(m.start, n.start) AS gap_end
    FROM money m
    JOIN mentions n ON n.article_id = m.article_id AND n.record = 'organization' AND n.start < m."end" + 200 AND n."end" > m.start - 200
    ANTI JOIN stated s ON s.article_id = m.article_id AND s.money_id = m.id
),
near AS (
    SELECT p.article_id, p.money_id, p.organization_id
    FROM apart p JOIN articles a USING (article_id)
    WHERE NOT contains(substring(a.text, (p.gap_start + 1)::BIGINT, greatest(0, p.gap_end - p.gap_start)::BIGINT), chr(10))
    QUALIFY row_number() OVER (PARTITION BY p.article_id, p.money_id ORDER BY greatest(0, p.gap_end - p.gap_start), p.at) = 1
),
owned AS (
    SELECT DISTINCT *, 'stated' AS basis FROM stated
    UNION ALL
    SELECT *, 'near' AS basis FROM near
)
SELECT
    w.article_id, a.published, w.organization_id, o.name AS organization, o.canonical, o.kind, w.basis,
    m.low, m.high, m.currency, m.qualifier, m.per, m.text, m.id AS money_id, m.start, m."end"
FROM owned w
JOIN money m ON m.article_id = w.article_id AND m.id = w.money_id
JOIN organizations o ON o.article_id = w.article_id AND o.id = w.organization_id
JOIN articles a ON a.article_id = w.article_id;
