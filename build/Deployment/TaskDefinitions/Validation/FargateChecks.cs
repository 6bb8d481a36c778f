namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>What Fargate asks for and what it does not have.</summary>
internal static class FargateChecks
{
    private static readonly (string Name, Func<string, int?> Parse, string Example)[] Sizes =
    [
        ("cpu", TaskSize.Cpu, "a string such as \"256\" or \"0.25 vCPU\""),
        ("memory", TaskSize.MemoryMiB, "a string such as \"512\" or \"0.5 GB\""),
    ];

    public static TaskDefinitionRule Network { get; } = RuleSource.FargateGuide.Error("fargate-network", "A Fargate task has the network mode awsvpc");

    public static TaskDefinitionRule SizeGiven { get; } = RuleSource.FargateGuide.Error("fargate-size-missing", "A Fargate task has a cpu and a memory of its own");

    public static TaskDefinitionRule Size { get; } = RuleSource.FargateGuide.Error("fargate-size", "The cpu and memory of a Fargate task are a pair that Fargate offers");

    public static IReadOnlyList<TaskDefinitionRule> Rules => [Network, SizeGiven, Size];

    public static void Check(CheckRun run)
    {
        if (!run.IsFargate) return;
        if (!run.IsAwsVpc) run.Add(run.Root["networkMode"] ?? run.Root, Network, "Fargate knows one network mode only.", "\"networkMode\": \"awsvpc\"");
        Sized(run);
    }

    private static void Sized(CheckRun run)
    {
        var sizes = new List<int>();
        foreach (var (name, parse, example) in Sizes)
        {
            var member = run.Root[name];
            if (CheckRun.TextOf(member) is { } text && parse(text) is { } size) sizes.Add(size);
            else run.Add(member ?? run.Root, SizeGiven, member is null ? $"The member '{name}' is missing." : $"This is no {name} of a task.", example);
        }

        if (sizes is [var cpu, var memory] && TaskSize.FindFargateOffer(cpu, memory) is { } offer)
            run.Add(run.Root[TaskSize.IsOfferedCpu(cpu) ? "memory" : "cpu"]!, Size, "Fargate does not offer this size.", offer);
    }
}
