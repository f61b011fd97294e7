-- What detectors found in the values of a result, as label=count; of what was found nothing is kept.
ALTER TABLE outcome ADD COLUMN found text[] NOT NULL DEFAULT '{}';
