"""Change goals: each verb once, for every door.

`writing` makes visions and goals, `meaning` takes them up and works for them,
`following` sets targets and says how it goes, `values` holds the few values.
`on` is the day a change holds from: today, or an earlier day that is caught up with.
"""
