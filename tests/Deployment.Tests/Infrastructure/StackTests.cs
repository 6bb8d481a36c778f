using System.Text.Json.Nodes;
using Slipway.Deployment.Tests.Aws;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.Deployment.Tests.Infrastructure;

/// <summary>The stacks of the templates, created on moto by boto3 and read back through the services' own APIs.</summary>
public sealed class StackTests
{
    /// <summary>What CloudFormation makes of the templates and moto 5.2.1 does not. The test fails as well where a later one does.</summary>
    private static readonly StackDifference[] NotOnMoto =
    [
        new("provider"),
        new("repository/stream-ml-service.imageScanningConfiguration"),
        new("repository/stream-ml-service.lifecycle"),
        new("cluster/emotional-parrot.capacityProviders"),
        new("role/ecsTaskExecutionRole.managed"),
        new("family/stream-ml-service.networkMode", "bridge"),
        new("family/stream-ml-service.requiresCompatibilities"),
        new("family/stream-ml-service.cpu"),
        new("family/stream-ml-service.executionRoleArn"),
        new("service/stream-ml-service-1.launchType", "EC2"),
        new("service/stream-ml-service-1.deploymentConfiguration"),
        new("service/stream-ml-service-1.networkConfiguration"),
        new("service/stream-ml-service-1.loadBalancers"),
        new("service/stream-ml-service-1.healthCheckGracePeriodSeconds"),
    ];

    private MotoServer moto = null!;
    private HttpClient http = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => (moto, http) = (await MotoServer.StartAsync(), new HttpClient());

    [OneTimeTearDown]
    public void Stop()
    {
        // moto's absence has skipped everything before there was one.
        http?.Dispose();
        moto?.Dispose();
    }

    [TestCaseSource(typeof(StackCases), nameof(StackCases.All))]
    public async Task The_stack_holds_what_its_parameters_say(StackCase given)
    {
        var stack = await CreateAsync(given);

        Assert.That(stack["status"]!.GetValue<string>(), Is.EqualTo("CREATE_COMPLETE"));
        Assert.That(Lines(stack["facts"]!), Is.EquivalentTo(given.Facts.SelectMany(OnMoto)));
        Assert.That(Lines(stack["outputs"]!), Is.EquivalentTo(given.Outputs));
    }

    [Test]
    public void Every_difference_is_met_by_a_case()
    {
        var facts = StackCases.All.SelectMany(given => ((StackCase)given.Arguments[0]!).Facts).Select(Split).ToList();

        foreach (var difference in NotOnMoto)
            Assert.That(facts.Any(fact => difference.Covers(fact.Name) && fact.Value != difference.Shown), difference.ToString());
    }

    [Test]
    public async Task The_managed_policy_is_shorter_than_iam_allows()
    {
        var stack = await CreateAsync(StackCases.WithEverything);

        foreach (var (name, document) in stack["documents"]!.AsObject())
            Assert.That(document!.ToJsonString().Count(letter => !char.IsWhiteSpace(letter)), Is.LessThan(6144), name);
    }

    private static IEnumerable<string> OnMoto(string line)
    {
        var (name, _) = Split(line);
        return NotOnMoto.FirstOrDefault(difference => difference.Covers(name)) switch
        {
            null => [line],
            { Shown: { } shown } => [$"{name} = {shown}"],
            _ => [],
        };
    }

    private static (string Name, string Value) Split(string line) =>
        line.Split(" = ", 2) is [var name, var value] ? (name, value) : throw new ArgumentException($"'{line}' is no fact");

    private static List<string> Lines(JsonNode facts) => [.. facts.AsObject().Select(fact => $"{fact.Key} = {fact.Value!.GetValue<string>()}")];

    private async Task<JsonNode> CreateAsync(StackCase given)
    {
        var python = Tool.Find("python3");
        if ((await Tool.RunAsync(python, ["-c", "import boto3"])).ExitCode != 0) Assert.Ignore("boto3 is not on this machine");
        using var reset = await http.PostAsync(new Uri(moto.Endpoint, "/moto-api/reset"), null);
        var folder = AppContext.BaseDirectory;
        var run = await Tool.RunAsync(
            python,
            [Path.Combine(folder, "Infrastructure", "create_stack.py"), moto.Endpoint.ToString(), Path.Combine(folder, "Shipped", given.Template)],
            new Dictionary<string, string> { ["NO_PROXY"] = "127.0.0.1", ["AWS_ENDPOINT_URL"] = "" },
            given.Parameters.ToJsonString());
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return JsonNode.Parse(run.Output)!;
    }
}
