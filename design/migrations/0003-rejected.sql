-- Breaks nothing: a refused design stands as rejected until its findings are taken up.
alter table design.design_package drop constraint if exists design_package_state_check;
alter table design.design_package add constraint design_package_state_check
  check (state in ('initiated', 'in_design', 'in_review', 'complete', 'accepted', 'baselined', 'rejected', 'on_hold', 'superseded', 'cancelled'));
