namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>Rules about cpu and memory, of the task and of its containers.</summary>
internal static class SizeChecks
{
    private const string CpuExample = "a string such as \"256\" or \"0.25 vCPU\"";
    private const string MemoryExample = "a string such as \"512\" or \"0.5 GB\"";

    public static TaskDefinitionRule Missing { get; } = RuleSource.FargateGuide.Error("fargate-size-missing", "A Fargate task has a cpu and a memory of its own");

    public static TaskDefinitionRule Pair { get; } = RuleSource.FargateGuide.Error("fargate-size", "The cpu and memory of a Fargate task are a pair that Fargate offers");

    public static TaskDefinitionRule Form { get; } = RuleSource.Api("RegisterTaskDefinition").Error("task-size", "A task's cpu is a number of units or vCPUs, its memory a number of MiB or GB");

    public static TaskDefinitionRule Cpu { get; } = RuleSource.Api("ContainerDefinition").Error("container-cpu", "The containers together reserve no more cpu than the task has");

    public static TaskDefinitionRule Memory { get; } = RuleSource.Api("ContainerDefinition").Error("container-memory", "The containers together reserve no more memory than the task has");

    public static TaskDefinitionRule NoMemory { get; } = RuleSource.Api("ContainerDefinition").Error(
        "container-memory-missing", "Where the task has no memory, each container has a memory or a memoryReservation");

    public static TaskDefinitionRule Reservation { get; } = RuleSource.Api("ContainerDefinition").Error("memory-reservation", "A container reserves no more memory than it may use");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Missing, Pair, Form, Cpu, Memory, NoMemory, Reservation];

    public static void Check(CheckRun run)
    {
        var cpu = Size(run, "cpu", TaskSize.Cpu, CpuExample);
        var memory = Size(run, "memory", TaskSize.MemoryMiB, MemoryExample);
        if (run.IsFargate && cpu is { } units && memory is { } size && TaskSize.FindFargateOffer(units, size) is { } offer)
            run.Add(run.Root[TaskSize.IsOfferedCpu(units) ? "memory" : "cpu"]!, Pair, "Fargate does not offer this size.", offer);

        // Windows ignores the sizes of a task.
        if (run.IsWindows) return;
        Reserved(run, cpu, memory);
        if (memory is null && !run.IsFargate && run.Root["memory"] is null) NeedsMemory(run);
    }

    private static int? Size(CheckRun run, string name, Func<string, int?> parse, string example)
    {
        var member = run.Root[name];
        if (member is null)
        {
            if (run.IsFargate) run.Add(run.Root, Missing, $"The member '{name}' is missing.", example);
            return null;
        }

        if (CheckRun.TextOf(member) is not { } text) return null;
        var size = parse(text);
        if (size is null) run.Add(member, Form, $"This is no {name} of a task.", example);
        return size;
    }

    private static void Reserved(CheckRun run, int? taskCpu, int? taskMemory)
    {
        var (cpu, memory) = (0L, 0L);
        foreach (var container in run.Containers)
        {
            var (limit, reserved) = (CheckRun.NumberOf(container["memory"]), CheckRun.NumberOf(container["memoryReservation"]));
            cpu += CheckRun.NumberOf(container["cpu"]) ?? 0;
            memory += reserved ?? limit ?? 0;
            if (reserved > limit)
            {
                run.Add(container["memoryReservation"]!, Reservation, "The container reserves more memory than it may use.",
                    FormattableString.Invariant($"at most its memory, {limit} MiB"));
            }

            if (limit > taskMemory)
                run.Add(container["memory"]!, Memory, "The container may use more memory than the task has.", FormattableString.Invariant($"at most {taskMemory} MiB"));
        }

        var list = run.Root["containerDefinitions"]!;
        if (cpu > taskCpu)
            run.Add(list, Cpu, "The containers reserve more cpu than the task has.", FormattableString.Invariant($"at most {taskCpu} CPU units"), FormattableString.Invariant($"{cpu}"));
        if (memory > taskMemory)
            run.Add(list, Memory, "The containers reserve more memory than the task has.", FormattableString.Invariant($"at most {taskMemory} MiB"), FormattableString.Invariant($"{memory}"));
    }

    private static void NeedsMemory(CheckRun run)
    {
        foreach (var container in run.Containers)
        {
            if (container["memory"] is null && container["memoryReservation"] is null)
                run.Add(container, NoMemory, "Neither the task nor the container has a memory.", "a memory or a memoryReservation in MiB");
        }
    }
}
