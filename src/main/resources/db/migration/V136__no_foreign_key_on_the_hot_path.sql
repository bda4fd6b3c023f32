-- Every insert locked its type's row for key share, all of them the same few rows: a lock of many owners to be written
-- each time. The numbers come from one list in the program (TypeCodes), which a test compares with this table.
alter table resource drop constraint resource_type_fkey;
