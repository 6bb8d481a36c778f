using Amazon.ECS;
using Amazon.ECS.Model;
using Slipway.Deployment.Services;
using Task = System.Threading.Tasks.Task;

namespace Slipway.Deployment.Aws;

/// <summary>The revisions of a family on Amazon ECS.</summary>
public sealed class EcsTaskDefinitions(AwsConnection connection, TimeProvider time) : ITaskDefinitions
{
    private readonly AwsCall aws = new(connection.Errors, time);

    /// <inheritdoc />
    public async Task<IReadOnlyList<string>> ListActiveAsync(string family, CancellationToken cancellationToken)
    {
        var operation = new AwsOperation("ecs:ListTaskDefinitions", "list", "revisions of", family);
        var arns = Pages.ReadAsync(async token =>
        {
            var request = new ListTaskDefinitionsRequest { FamilyPrefix = family, Status = TaskDefinitionStatus.ACTIVE, Sort = SortOrder.DESC, NextToken = token };
            var answer = await aws.PatientlyAsync(operation, () => connection.Ecs.ListTaskDefinitionsAsync(request, cancellationToken), cancellationToken);
            return (answer.TaskDefinitionArns, answer.NextToken);
        });

        // Clouds that take the parameter at its name list "web-admin", too.
        return await arns.Where(arn => ResourceName.FamilyOf(arn) == family).ToListAsync(cancellationToken);
    }

    /// <inheritdoc />
    public Task DeregisterAsync(string arn, CancellationToken cancellationToken) => aws.PatientlyAsync(
        new AwsOperation("ecs:DeregisterTaskDefinition", "deregister", "task definition", ResourceName.Of(arn)),
        () => connection.Ecs.DeregisterTaskDefinitionAsync(new DeregisterTaskDefinitionRequest { TaskDefinition = arn }, cancellationToken),
        cancellationToken);
}
