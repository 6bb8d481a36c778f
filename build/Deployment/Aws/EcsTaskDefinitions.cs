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
        var arns = new List<string>();
        for (string? token = null; ;)
        {
            var request = new ListTaskDefinitionsRequest { FamilyPrefix = family, Status = TaskDefinitionStatus.ACTIVE, Sort = SortOrder.DESC, NextToken = token };
            var answer = await aws.PatientlyAsync(
                new AwsOperation("ecs:ListTaskDefinitions", "list", "revisions of", family),
                () => connection.Ecs.ListTaskDefinitionsAsync(request, cancellationToken),
                cancellationToken);
            // Clouds that take the parameter at its name list "web-admin", too.
            arns.AddRange((answer.TaskDefinitionArns ?? []).Where(arn => ResourceName.FamilyOf(arn) == family));
            if (string.IsNullOrEmpty(answer.NextToken) || answer.NextToken == token) return arns;
            token = answer.NextToken;
        }
    }

    /// <inheritdoc />
    public Task DeregisterAsync(string arn, CancellationToken cancellationToken) => aws.PatientlyAsync(
        new AwsOperation("ecs:DeregisterTaskDefinition", "deregister", "task definition", ResourceName.Of(arn)),
        () => connection.Ecs.DeregisterTaskDefinitionAsync(new DeregisterTaskDefinitionRequest { TaskDefinition = arn }, cancellationToken),
        cancellationToken);
}
