/** Why a place of the example with the real log is not what it was: a sentence about behaviour. The first that fits a place explains it. */
export const reasons: readonly { of: RegExp; because: string }[] = [
  {
    of: /^metric SF-1-unclamped/,
    because: 'A metric of its own beside the weighed attainment shows what clamping hides.',
  },
  {
    of: /^metric (?!SF-4|restore|PE-1|touches|PM-1).+ signals$/,
    because: 'A run of eight is marked at every point from its eighth on, no longer at its last alone.',
  },
  {
    of: /^metric touches /,
    because: 'Touches are counted up to the restoration; the entries after it touch nobody whose work stands still.',
  },
  {
    of: /^metric (SF-4|restore-median|restore-p90|PE-1) |^says "services {2}effectiveness|^matrix services effectiveness/,
    because:
      'A restoration that the source does not know is not measurable, no longer nought minutes and met; resolved time is left out as the agreement says, and a wait that changes its reason pauses for the reason that stands.',
  },
  {
    of: /^performance .+ (targetMet|targetMissed|notMeasurable|medianRestoreMinutes)$/,
    because:
      'What was handed over counts a restoration that the source does not know as not measurable, and the minutes of all others by the agreement in full.',
  },
  {
    of: /^metric SF-4$/,
    because: 'A target that was breached stays missed, whatever target or clock came after it.',
  },
  {
    of: /^metric PE-1$/,
    because: 'It says what is taken off: pauses for the reasons that the agreement names, not every wait.',
  },
  {
    of: /^metric SF-1$/,
    because: 'There is no attainment of a period in which a promised outcome lacks its value.',
  },
  {
    of: /^metric (SF-1|PE-2\S*|PE-3\S*) (day|week|month)/,
    because:
      'Outcomes, decisions and moves are observed all the time: their first weeks and months show, and the last as soon as they are over. Attainment follows the median of the month.',
  },
  {
    of: /^metric PM-1$|^says "processes {2}compliance|deviations? from the lifecycle|deviate from the lifecycle|^says "24,918 incidents/,
    because: 'Deviations are told by sort, and the moves among them are those that conformance leaves short of all.',
  },
  {
    of: /^metric PM-1 |^loop back operation operation$/,
    because: 'The rows of an incident stand in the order of the source, which is not always that of their times.',
  },
  {
    of: /^(overview|OUT-1|OM-[123]) ?/,
    because: 'The median is of incidents whose time to restore is known, and its evidence says so.',
  },
  {
    of: /^metric PE-2-G10$|^loop waiting at G10$/,
    because: 'Problems came in, and with them the gate at which the business accepts to live with one.',
  },
  {
    of: /^metric PE-2-(G11|G12|G13|P12)$|^loop waiting at (G11|G12|G13|P12)$/,
    because:
      'What was agreed of an outcome is amended, a criterion waived, and a change with a risk authorised at gates of their own.',
  },
  {
    of: /^thread OUT-[12]$/,
    because: 'An outcome is stated, and agreed together with its requirement.',
  },
  { of: /^OM-\d evidence$/, because: 'The evidence tells how many incidents are behind the value.' },
  {
    of: /^IMP-1 description$/,
    because: 'It counts incidents whose time to restore is known, and calls the target customary that nobody promised.',
  },
  {
    of: /^IMP-1 (baselineValue|targetValue)$/,
    because: 'The baseline is over all incidents of the observed days, also of days too small to be charted.',
  },
  {
    of: /^(says ".*)?(thread )?OUT-3 ?|expects {2}OUT-3/,
    because: 'The outcome is about the metric that was found, in its own unit, from its baseline to its target.',
  },
  {
    of: /IMP-[234]/,
    because:
      'Shares of incidents whose time is known lie within their limits, so that finding is gone; the second improvement that waits is of a metric that is not funded yet, its target on the better side.',
  },
];
