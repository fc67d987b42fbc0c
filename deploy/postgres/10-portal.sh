#!/bin/sh
# Makes the portal's own role and database. The role cannot bypass row-level security, and is no superuser: the portal
# refuses to start with one that is.
set -eu
psql --set ON_ERROR_STOP=1 --set password="$PORTAL_DATABASE_PASSWORD" --username "$POSTGRES_USER" --dbname postgres <<'SQL'
create role portal login nosuperuser nobypassrls nocreatedb nocreaterole password :'password';
create database portal owner portal encoding 'UTF8' template template0;
revoke all on database portal from public;
SQL
