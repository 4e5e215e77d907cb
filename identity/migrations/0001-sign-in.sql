-- Breaks nothing: the sign-in library's tables. They carry no provider: one account may stand for a person of one provider only (core.sign_in).
create schema if not exists identity;
grant usage on schema identity to servicewright_app;
create table identity."user" ("id" uuid default gen_random_uuid() not null primary key, "name" text not null, "email" text not null unique, "emailVerified" boolean not null, "image" text,
  "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz default current_timestamp not null, "twoFactorEnabled" boolean);
create table identity."session" ("id" uuid default gen_random_uuid() not null primary key, "expiresAt" timestamptz not null, "token" text not null unique, "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null, "ipAddress" text, "userAgent" text, "userId" uuid not null references identity."user" ("id") on delete cascade);
create table identity."account" ("id" uuid default gen_random_uuid() not null primary key, "accountId" text not null, "providerId" text not null, "userId" uuid not null references identity."user" ("id") on delete cascade,
  "accessToken" text, "refreshToken" text, "idToken" text, "accessTokenExpiresAt" timestamptz, "refreshTokenExpiresAt" timestamptz, "scope" text, "password" text,
  "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz not null);
create table identity."verification" ("id" uuid default gen_random_uuid() not null primary key, "identifier" text not null, "value" text not null, "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null, "updatedAt" timestamptz default current_timestamp not null);
create table identity."twoFactor" ("id" uuid default gen_random_uuid() not null primary key, "secret" text not null, "backupCodes" text not null, "userId" uuid not null references identity."user" ("id") on delete cascade,
  "verified" boolean, "failedVerificationCount" integer, "lockedUntil" timestamptz);
create table identity."rateLimit" ("id" uuid default gen_random_uuid() not null primary key, "key" text not null unique, "count" integer not null, "lastRequest" bigint not null);
create index "session_userId_idx" on identity."session" ("userId");
create index "account_userId_idx" on identity."account" ("userId");
create index "verification_identifier_idx" on identity."verification" ("identifier");
create index "twoFactor_secret_idx" on identity."twoFactor" ("secret");
create index "twoFactor_userId_idx" on identity."twoFactor" ("userId");
-- Wrong passwords of an account from one network, and codes of a second factor that were used: each counts once.
create table identity.sign_in_failure (key text not null primary key, count integer not null, last_at timestamptz not null, wait_until timestamptz);
create index sign_in_failure_by_time on identity.sign_in_failure (last_at);
create index rate_limit_by_time on identity."rateLimit" ("lastRequest");
create index session_by_end on identity."session" ("expiresAt");
create index verification_by_end on identity."verification" ("expiresAt");
create table identity.used_code (user_id uuid not null references identity."user" ("id") on delete cascade, code_hash text not null, used_at timestamptz not null, primary key (user_id, code_hash));
create index used_code_by_time on identity.used_code (used_at);
comment on table identity."rateLimit" is 'Left out of backups: counters of tries.';
comment on table identity.sign_in_failure is 'Left out of backups: counters of tries.';
comment on table identity.used_code is 'Left out of backups: codes of the last minutes.';
grant select, insert, update, delete on all tables in schema identity to servicewright_app;
comment on table identity."session" is 'Left out of backups: whoever reads one must not act for those who are signed in.';
comment on table identity."verification" is 'Left out of backups: whoever reads one must not act for those who are signing in.';
