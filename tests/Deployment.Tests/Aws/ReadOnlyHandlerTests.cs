using System.Reflection;
using Amazon.CloudWatchLogs;
using Amazon.EC2;
using Amazon.ECR;
using Amazon.ECS;
using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SimpleSystemsManagement;
using Slipway.Deployment.Aws;

namespace Slipway.Deployment.Tests.Aws;

/// <summary>The barrier beneath a plan: of all that the clients could send, only the operations on the list leave the process.</summary>
[TestFixture]
internal sealed class ReadOnlyHandlerTests
{
    private static readonly Type[] Clients =
    [
        typeof(IAmazonECS), typeof(IAmazonECR), typeof(IAmazonCloudWatchLogs), typeof(IAmazonSecurityTokenService), typeof(IAmazonEC2),
        typeof(IAmazonSimpleSystemsManagement),
    ];

    private static readonly string[] Reading = ["Describe", "List", "Get", "BatchGet", "BatchCheck", "Discover", "Filter"];

    [Test]
    public async Task Of_all_operations_of_all_clients_only_those_on_the_list_are_sent()
    {
        await using var stub = await AwsStub.StartAsync();
        using var connection = new AwsConnection("us-east-1", stub.Endpoint, readOnly: true);
        var operations = Clients.SelectMany(client => Operations(client, connection)).ToList();

        foreach (var (name, call) in operations)
        {
            var sent = stub.Operations.Count;
            Assert.That(call, Throws.Exception, name);
            var isAllowed = ReadOnlyHandler.Allowed.Contains(name);
            Assert.That(stub.Operations, Has.Count.EqualTo(sent + (isAllowed ? 1 : 0)), name);
            if (!isAllowed) Assert.That(call, Throws.InstanceOf<NotReadOnlyException>(), name);
        }

        Assert.That(operations.Count(operation => !Reading.Any(word => operation.Name.StartsWith(word, StringComparison.Ordinal))), Is.GreaterThan(5), "writing operations that were tried");
        Assert.That(ReadOnlyHandler.Allowed, Is.SubsetOf(operations.Select(operation => operation.Name)));
    }

    [Test]
    public void Whatever_is_allowed_reads_by_its_name() =>
        Assert.That(ReadOnlyHandler.Allowed, Has.All.Matches<string>(name => Reading.Any(word => name!.StartsWith(word, StringComparison.Ordinal))));

    [Test]
    public async Task Another_connection_of_the_same_process_still_writes()
    {
        await using var stub = await AwsStub.StartAsync();
        using var plan = new AwsConnection("us-east-1", stub.Endpoint, readOnly: true);
        using var deploy = new AwsConnection("us-east-1", stub.Endpoint);

        Assert.That(() => plan.Ecs.UpdateServiceAsync(new()), Throws.InstanceOf<NotReadOnlyException>());
        Assert.That(() => deploy.Ecs.UpdateServiceAsync(new()), Throws.InstanceOf<AmazonECSException>());

        Assert.That(stub.Operations, Is.EqualTo(new[] { "UpdateService" }));
    }

    [Test]
    public async Task A_refusal_of_the_barrier_is_told_as_a_bug_and_not_as_missing_credentials()
    {
        await using var stub = await AwsStub.StartAsync();
        using var connection = new AwsConnection("us-east-1", stub.Endpoint, readOnly: true);
        var deployer = new EcsServiceDeployer(connection, TimeProvider.System);

        Assert.That(
            () => deployer.RegisterTaskDefinitionAsync("web", "{}"u8.ToArray(), CancellationToken.None),
            Throws.InstanceOf<NotReadOnlyException>().With.Message.Contains("RegisterTaskDefinition"));
        Assert.That(stub.Operations, Is.Empty);
    }

    private static IEnumerable<(string Name, Func<Task> Call)> Operations(Type type, AwsConnection connection)
    {
        object client = type == typeof(IAmazonECS) ? connection.Ecs
            : type == typeof(IAmazonECR) ? connection.Ecr
            : type == typeof(IAmazonCloudWatchLogs) ? connection.Logs(null)
            : type == typeof(IAmazonEC2) ? connection.Ec2
            : type == typeof(IAmazonSimpleSystemsManagement) ? connection.Ssm
            : connection.Sts;
        foreach (var method in type.GetMethods().Where(method => method.Name.EndsWith("Async", StringComparison.Ordinal)))
        {
            if (method.GetParameters() is not [{ ParameterType: var request }, _] || !request.IsSubclassOf(typeof(AmazonWebServiceRequest))) continue;
            yield return (method.Name[..^5], () => (Task)method.Invoke(
                client, BindingFlags.DoNotWrapExceptions, null, [Activator.CreateInstance(request), CancellationToken.None], null)!);
        }
    }
}
