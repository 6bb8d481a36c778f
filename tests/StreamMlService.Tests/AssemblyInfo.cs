// The gate of every deploy: it must be quick. Each test has ports and processes of its own.
[assembly: Parallelizable(ParallelScope.Fixtures)]
