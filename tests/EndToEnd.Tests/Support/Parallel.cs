// Each fixture has a copy and ports of its own, and waits more than it works.
[assembly: Parallelizable(ParallelScope.Fixtures)]
[assembly: LevelOfParallelism(4)]
