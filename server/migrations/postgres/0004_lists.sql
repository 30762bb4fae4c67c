-- What the lists of the admins are sorted and found by, as `src/reads.rs` writes it: an index is used for the very same words only.
-- The kind comes first, or the planner takes the primary key for it.

CREATE INDEX list_visit_start ON record (kind, (lower(coalesce((body ->> 'start'), '')) COLLATE "C"), id)
    WHERE kind = 'appointment' AND body IS NOT NULL;
CREATE INDEX list_request_opened ON record (kind, (lower(coalesce((body ->> 'opened_at'), '')) COLLATE "C"), id)
    WHERE kind = 'consultation' AND body IS NOT NULL;
CREATE INDEX list_patient_name ON record (kind, (lower(coalesce((body -> 'profile' ->> 'name'), '')) COLLATE "C"), id)
    WHERE kind = 'patient' AND body IS NOT NULL;
CREATE INDEX list_patient_birth ON record (kind, (lower(coalesce((body -> 'profile' ->> 'birth_date'), '')) COLLATE "C"), id)
    WHERE kind = 'patient' AND body IS NOT NULL;
CREATE INDEX list_patient_phone ON record (kind, (lower(coalesce((body -> 'profile' ->> 'phone'), '')) COLLATE "C"), id)
    WHERE kind = 'patient' AND body IS NOT NULL;
CREATE INDEX list_patient_email ON record (kind, (lower(coalesce((body -> 'profile' ->> 'email'), '')) COLLATE "C"), id)
    WHERE kind = 'patient' AND body IS NOT NULL;
CREATE INDEX list_account_name ON record (kind, (lower(coalesce((body ->> 'name'), '')) COLLATE "C"), id)
    WHERE kind = 'account' AND body IS NOT NULL;
CREATE INDEX list_doctor_name ON record (kind, (lower(coalesce((body ->> 'name'), '')) COLLATE "C"), id)
    WHERE kind = 'doctor' AND body IS NOT NULL;

-- The removals of a bucket, which are forgotten once they are many (`src/sync/compact.rs`).
CREATE INDEX entry_gone ON entry (bucket, seq) WHERE deleted = 1;
