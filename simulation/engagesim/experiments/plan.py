"""The ordered plan of an experiment: which design runs in which world with which luck, and in what order.

How the rooms of this folder fit together, for callers::

    question = Question.load("badges_or_thanks")     # question.py: an experiment file, read and checked
    plan = Plan.of(question)                         # plan.py: arms x lever points x worlds x replicates, in order
    frame = sweep_frame(question, jobs=2)            # runner/sweep.py: runs it in memory, one row per run, plan order
    state = sweep(question, Path("results/x"))       # the same in a results folder: resumes, survives kills

`frame` (and `runs.parquet` of a folder) has one row per run: row, arm, point, world, replicate, seed, status, one column
per factor (dots of its key become underscores) and one per outcome, named `measure_window` for everyone and
`measure_window_group` for a group, such as `participation_late` or `exits_whole_employee`. Point 0 and world 0 are "as
stated". Replicate r has the same seed in every arm, point and world, so rows pair up by (world, replicate).

A file may hold a table `[hypothesis]`; it is kept unread in `Question.hypothesis` for whoever judges claims.
"""
