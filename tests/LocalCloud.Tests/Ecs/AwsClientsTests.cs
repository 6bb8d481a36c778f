using Slipway.LocalCloud.Protocol;
using Slipway.LocalCloud.Tests.Support;

namespace Slipway.LocalCloud.Tests.Ecs;

/// <summary>AWS's own clients against a service that runs.</summary>
internal sealed class AwsClientsTests : CloudFixture
{
    private string image = "";

    [OneTimeSetUp]
    public async Task DeployAsync()
    {
        Tool.Find("aws");
        var driver = new ServiceDriver(Cloud);
        image = await ServiceImage.AddAsync(Cloud, "stream-ml-service", "v1");
        await driver.UntilCompletedAsync(await driver.UpdateAsync(await driver.RegisterAsync(image, healthCheck: false)));
    }

    [Test]
    public async Task The_CLI_shows_the_running_service_and_its_tasks()
    {
        await Aws.CliAsync("ecs", "wait", "services-stable", "--cluster", Account.Cluster, "--services", Account.Service);
        var services = await Aws.CliAsync("ecs", "describe-services", "--cluster", Account.Cluster, "--services", Account.Service);
        Assert.That((int)services!["services"]![0]!["runningCount"]!, Is.EqualTo(1));
        var tasks = await Aws.CliAsync("ecs", "list-tasks", "--cluster", Account.Cluster, "--service-name", Account.Service);
        var arn = (string)tasks!["taskArns"]![0]!;
        await Aws.CliAsync("ecs", "wait", "tasks-running", "--cluster", Account.Cluster, "--tasks", arn);
        var described = await Aws.CliAsync("ecs", "describe-tasks", "--cluster", Account.Cluster, "--tasks", arn);
        Assert.That((string?)described!["tasks"]![0]!["containers"]![0]!["lastStatus"], Is.EqualTo("RUNNING"));
        Assert.That(described["tasks"]![0]!["startedAt"], Is.Not.Null);
    }

    [Test]
    public async Task Boto3_registers_updates_and_waits()
    {
        var seen = await Aws.BotoAsync($$"""
            ecs = boto3.client('ecs')
            old = ecs.describe_task_definition(taskDefinition='stream-ml-service')['taskDefinition']
            keep = ecs.meta.service_model.operation_model('RegisterTaskDefinition').input_shape.members
            new = ecs.register_task_definition(**{k: v for k, v in old.items() if k in keep})['taskDefinition']
            service = ecs.update_service(cluster='{{Account.Cluster}}', service='{{Account.Service}}', taskDefinition=new['taskDefinitionArn'])['service']
            waiter = ecs.get_waiter('services_stable')
            waiter.wait(cluster='{{Account.Cluster}}', services=['{{Account.Service}}'], WaiterConfig={'Delay': 1, 'MaxAttempts': 60})
            arn = service['currentServiceDeployment']
            deployment = ecs.describe_service_deployments(serviceDeploymentArns=[arn])['serviceDeployments'][0]
            listed = ecs.list_service_deployments(cluster='{{Account.Cluster}}', service='{{Account.Service}}', createdAt={'after': deployment['createdAt']})
            print(json.dumps({'same': old['containerDefinitions'] == new['containerDefinitions'], 'status': deployment['status'],
                'count': len(listed['serviceDeployments']), 'created': str(type(deployment['createdAt']).__name__)}))
            """);
        Assert.That((bool)seen["same"]!, Is.True);
        Assert.That((string?)seen["status"], Is.EqualTo("SUCCESSFUL").Or.EqualTo("IN_PROGRESS"), "botocore calls a service stable while the old task still drains");
        Assert.That((int)seen["count"]!, Is.EqualTo(1));
        Assert.That((string?)seen["created"], Is.EqualTo("datetime"));
    }
}
