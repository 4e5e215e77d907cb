-- Breaks nothing: days never shift under figures, and what a decision waited never alters: the application's role adds such rows.
revoke update on improvement.zone, improvement.gate_wait from servicewright_app;
