using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Slipway.Deployment.Artifacts;
using Slipway.Deployment.Images;
using Slipway.Deployment.OneOffTasks;
using Slipway.Deployment.Planning;
using Slipway.Deployment.Preflight;
using Slipway.Deployment.Preflight.Network;
using Slipway.Deployment.Processes;
using Slipway.Deployment.Reporting;
using Slipway.Deployment.Services;
using Slipway.Deployment.Settings;
using Slipway.Deployment.Tests.Rollouts;

namespace Slipway.Deployment.Tests.Planning;

/// <summary>No writing call passes a planning port. A method that nobody has judged yet fails the tests.</summary>
[TestFixture]
internal sealed class PlanningPortsTests
{
    private static readonly HashSet<string> Reads = new(StringComparer.Ordinal)
    {
        "IImageBuilder.get_Name", "IImageBuilder.ExistsAsync",
        "IImagePusher.get_Builder",
        "IImageRegistry.GetRepositoryAsync", "IImageRegistry.FindDigestAsync", "IImageRegistry.LoginAsync", "IImageRegistry.LoginToAsync",
        "IImageRepositories.FindAsync", "IImageRepositories.ReadSettingsAsync",
        "IServiceDeployer.FindServiceAsync", "IServiceDeployer.FindTaskDefinitionAsync", "IServiceDeployer.ListTasksAsync",
        "IServiceDeployer.FindServiceDeploymentAsync", "IServiceDeployer.ListServiceDeploymentsAsync", "IServiceDeployer.FindServiceRevisionsAsync",
        "ICallerIdentity.GetAsync",
        "ITaskRunner.FindAsync", "ITaskRunner.ListAsync",
    };

    private static readonly HashSet<string> Writes = new(StringComparer.Ordinal)
    {
        "IImageBuilder.BuildAsync",
        "IImagePusher.PushAsync",
        "IImageRepositories.CreateAsync", "IImageRepositories.SetLifecycleAsync",
        "IServiceDeployer.RegisterTaskDefinitionAsync", "IServiceDeployer.UpdateServiceAsync",
        "IServiceDeployer.StopServiceDeploymentAsync",
        "ITaskRunner.RunAsync", "ITaskRunner.StopAsync",
    };

    /// <summary>Interfaces that a plan needs no decorator for, with the reason.</summary>
    private static readonly Dictionary<Type, string> Others = new()
    {
        [typeof(IArtifact)] = "data",
        [typeof(ISecretMask)] = "changes nothing outside of this process's output",
        [typeof(IAccountReader)] = "reads, and no step of a plan has it",
        [typeof(INetworkReader)] = "reads, and no step of a plan has it",
        [typeof(ITaskDefinitions)] = "no step of a plan has it",
        [typeof(IReport)] = "tells a person",
        [typeof(ISecretMask)] = "keeps a secret out of the log",
        [typeof(IEnvironmentFiles)] = "reads settings",
        [typeof(ILoginStore)] = "a plan has one of its own, in memory",
        [typeof(IEngineLogin)] = "a plan gives none to the steps",
        [typeof(IProcessRunner)] = "behind builders and pushers, and for git and the SDK's version",
        [typeof(IImageManifests)] = "reads, through the registry's ports",
        [typeof(ILogReader)] = "reads, and a plan has one of its own, which reads nothing",
    };

    private static readonly Type[] Ports = [typeof(IImageBuilder), typeof(IImagePusher), typeof(IImageRegistry), typeof(IImageRepositories), typeof(IServiceDeployer), typeof(ICallerIdentity), typeof(ITaskRunner)];

    private static IEnumerable<TestCaseData> Methods =>
        Ports.SelectMany(port => port.GetMethods().Select(method => new TestCaseData(port, method).SetArgDisplayNames(NameOf(port, method))));

    [Test]
    public void Every_interface_of_the_domain_is_a_port_of_a_plan_or_has_a_reason() => Assert.That(
        typeof(DeploySteps).Assembly.GetExportedTypes().Where(type => type.IsInterface), Is.EquivalentTo(Ports.Concat(Others.Keys)));

    [Test]
    public void Every_port_of_the_steps_is_known()
    {
        var interfaces = typeof(DeployPorts).GetProperties().SelectMany(property => Interfaces(property.PropertyType)).Distinct();

        Assert.That(interfaces, Is.SubsetOf(Ports.Concat(Others.Keys)));
    }

    [TestCaseSource(nameof(Methods))]
    public async Task A_method_that_writes_never_reaches_the_port_beneath(Type port, MethodInfo method)
    {
        var name = NameOf(port, method);
        Assert.That(Reads.Contains(name), Is.Not.EqualTo(Writes.Contains(name)), "judge this method: does it read, or does it write?");
        var reached = new List<string>();
        var calls = new PlannedCalls();
        var decorator = Decorate(port, reached, calls);
        if (decorator is PlanningDeployer deployer) await deployer.FindServiceAsync("parrot", "web", CancellationToken.None);
        reached.Clear();

        var result = method.Invoke(decorator, BindingFlags.DoNotWrapExceptions, null, [.. method.GetParameters().Select(Argument)], null);
        if (result is Task task) await task;

        Assert.That(reached.Where(Writes.Contains), Is.Empty);
        if (Reads.Contains(name)) Assert.That(reached, Is.EqualTo(new[] { name }));
        if (Writes.Contains(name) && port != typeof(IImageBuilder)) Assert.That(calls.All.Count(call => call.Writes), Is.GreaterThan(0), "a change that nobody is told of");
    }

    private static object Decorate(Type port, List<string> reached, PlannedCalls calls)
    {
        if (port == typeof(IImageBuilder)) return new PlanningBuilder(Spy.On<IImageBuilder>(reached));
        if (port == typeof(IImageRegistry)) return new PlanningRegistry(Spy.On<IImageRegistry>(reached), calls, () => null);
        if (port == typeof(IImageRepositories))
            return new PlanningRepositories(Spy.On<IImageRepositories>(reached), new PlanningRegistry(Spy.On<IImageRegistry>([]), calls, () => null), calls);
        if (port == typeof(IServiceDeployer)) return new PlanningDeployer(Spy.On<IServiceDeployer>(reached), calls);
        if (port == typeof(ITaskRunner)) return new PlanningTaskRunner(Spy.On<ITaskRunner>(reached), calls);
        if (port == typeof(ICallerIdentity)) return new PlanningIdentity(Spy.On<ICallerIdentity>(reached), calls);
        return new PlanningPusher(Spy.On<IImagePusher>(reached), new PlanningRegistry(Spy.On<IImageRegistry>([]), calls, () => null), calls);
    }

    private static object? Argument(ParameterInfo parameter) => parameter.ParameterType switch
    {
        var type when type == typeof(string) => "web",
        var type when type == typeof(CancellationToken) => CancellationToken.None,
        var type when type == typeof(bool) => true,
        var type when type == typeof(DateTimeOffset?) => null,
        var type when type == typeof(IReadOnlyList<string>) => new[] { "arn:revision" },
        var type when type == typeof(ReadOnlyMemory<byte>) => new ReadOnlyMemory<byte>("{}"u8.ToArray()),
        var type when type == typeof(BuiltImage) => new BuiltImage("sdk", null, "a.tar", Given.Digest),
        var type when type == typeof(ImageRepository) => new ImageRepository("web", "127.0.0.1:1/web", false),
        var type when type == typeof(RegistryLogin) => new RegistryLogin("http://127.0.0.1:1", "AWS", "x", DateTimeOffset.MaxValue),
        var type when type == typeof(RepositorySettings) => RepositoryDefaults.Settings,
        var type when type == typeof(IReadOnlyDictionary<string, string>) => RepositoryDefaults.Tags("local"),
        var type when type == typeof(OneOffTask) => new OneOffTask("parrot", Given.NewRevision, "web", null, new Dictionary<string, string>(), new TaskPlacement(), "slipway/1"),
        var type when type == typeof(ServiceUpdate) => new ServiceUpdate("parrot", "web", Given.NewRevision, 1),
        var type when type == typeof(ImageBuildRequest) => new ImageBuildRequest("web", "a", "a.csproj", "Dockerfile", null, "linux/amd64", new Dictionary<string, string>(), "1"),
        var type => throw new ArgumentException($"give the test a value of type {type}"),
    };

    private static IEnumerable<Type> Interfaces(Type type) => type switch
    {
        { IsGenericType: true } => type.GetGenericArguments().SelectMany(Interfaces),
        { IsInterface: true } => [type],
        _ => [],
    };

    private static string NameOf(Type port, MethodInfo method) => $"{port.Name}.{method.Name}";

    /// <summary>Answers what reads, and fails on everything else.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "The runtime derives from it.")]
    public class Spy : DispatchProxy
    {
        private List<string> _reached = [];

        public static T On<T>(List<string> reached)
            where T : class
        {
            var proxy = Create<T, Spy>();
            ((Spy)(object)proxy)._reached = reached;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            var name = NameOf(targetMethod!.DeclaringType!, targetMethod);
            _reached.Add(name);
            if (!Reads.Contains(name)) throw new AssertionException($"'{name}' writes and was called");
            return targetMethod.Name switch
            {
                "get_Name" or "get_Builder" => "sdk",
                "ExistsAsync" => Task.FromResult(true),
                "GetRepositoryAsync" => Task.FromResult(new ImageRepository("web", "127.0.0.1:1/web", false)),
                "FindDigestAsync" => Task.FromResult<string?>(Given.Digest),
                "LoginToAsync" => Task.FromResult<RegistryLogin?>(null),
                "LoginAsync" => Task.FromResult(new RegistryLogin("http://127.0.0.1:1", "AWS", "x", DateTimeOffset.MaxValue)),
                "FindServiceAsync" => Task.FromResult<ServiceState?>(Given.Service(Given.Rollout(revision: Given.OldRevision))),
                "FindTaskDefinitionAsync" => Task.FromResult<LiveTaskDefinition?>(new LiveTaskDefinition(Given.OldRevision, "{}")),
                "FindAsync" when targetMethod.DeclaringType == typeof(IImageRepositories) => Task.FromResult<ImageRepository?>(null),
                "ReadSettingsAsync" => Task.FromResult(RepositoryDefaults.Settings),
                "FindAsync" => Task.FromResult<TaskState?>(null),
                "ListAsync" => Task.FromResult<IReadOnlyList<TaskState>>([]),
                "ListTasksAsync" => Task.FromResult<IReadOnlyList<TaskState>>([]),
                "ListServiceDeploymentsAsync" => Task.FromResult<IReadOnlyList<ServiceDeploymentState>?>([]),
                "FindServiceRevisionsAsync" => Task.FromResult<IReadOnlyList<ServiceRevisionState>>([]),
                "FindServiceDeploymentAsync" => Task.FromResult<ServiceDeploymentState?>(null),
                _ => Task.FromResult(new Caller("123456789012", "arn")),
            };
        }
    }
}
