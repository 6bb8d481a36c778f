using Slipway.Deployment.Aws;

namespace Slipway.Deployment.Rollouts.Failures.Catalogue;

/// <summary>Somebody may not do something. IAM's words tell which kind of policy stands in the way.</summary>
internal static class AccessFailures
{
    private const FailureSource Everywhere = FailureSource.Task | FailureSource.Event | FailureSource.Api;
    private const string Init = "ResourceInitializationError: unable to pull secrets or registry auth: execution resource retrieval failed: ";
    private const string NoLogin = Init
        + "unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: User: "
        + "arn:aws:sts::123456789012:assumed-role/ecsTaskExecutionRole/0123456789abcdef is not authorized to perform: "
        + "ecr:GetAuthorizationToken on resource: * ";

    public static IReadOnlyList<FailureRule> Rules { get; } =
    [
        new("permissions-boundary", "The permissions boundary of {principal} does not allow {action}.",
            "add {action} to the permissions boundary of {principal}: a further policy on the role cannot give what the boundary keeps back", 2)
        {
            Sources = Everywhere,
            Words = [[Denial.NotAuthorized], [Denial.Words[DenyingPolicy.PermissionsBoundary]]],
            Examples =
            [
                new(NoLogin + "because no permissions boundary allows the ecr:GetAuthorizationToken action"),
                new("AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/deployer/ci is not authorized to perform: ecs:UpdateService "
                    + "on resource: arn:aws:ecs:us-east-1:123456789012:service/parrot/web with an explicit deny in a permissions boundary",
                    Source: FailureSource.Api),
            ],
        },
        new("organization-policy", "A policy of the AWS organization denies {principal} {action}.",
            "ask who keeps the organization's service control policies to allow {action} for this account and region; nothing in the account can", 2)
        {
            Sources = Everywhere,
            Words = [[Denial.NotAuthorized], [Denial.Words[DenyingPolicy.ServiceControl], Denial.Words[DenyingPolicy.ResourceControl]]],
            Examples =
            [
                new(NoLogin + "with an explicit deny in a service control policy"),
                new("AccessDeniedException: User: arn:aws:iam::123456789012:user/ci is not authorized to perform: ecs:RegisterTaskDefinition on resource: * "
                    + "because no service control policy allows the ecs:RegisterTaskDefinition action", Source: FailureSource.Api),
            ],
        },
        new("endpoint-policy", "The policy of a VPC endpoint does not allow {action}.",
            "add {action} to the policy of the VPC endpoint that the tasks' subnets use", 2)
        {
            Sources = Everywhere,
            Words = [[Denial.NotAuthorized], [Denial.Words[DenyingPolicy.Endpoint]]],
            Examples = [new(NoLogin + "because no VPC endpoint policy allows the ecr:GetAuthorizationToken action")],
        },
        new("session-policy", "The session of {principal} was opened with a policy that does not allow {action}.",
            "open the session (AssumeRole, or the pipeline's login step) without a session policy, or add {action} to it", 2)
        {
            Sources = Everywhere,
            Words = [[Denial.NotAuthorized], [Denial.Words[DenyingPolicy.Session]]],
            Examples =
            [
                new("AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/deployer/ci is not authorized to perform: ecs:UpdateService "
                    + "because no session policy allows the ecs:UpdateService action", Source: FailureSource.Api),
            ],
        },
        new("pass-role", "The caller may not hand the roles of the task definition to ECS.",
            "allow the caller iam:PassRole on the roles that the task definition names", 1)
        {
            Sources = FailureSource.Api,
            Words = [["iam:passrole"]],
            Examples =
            [
                new("AccessDeniedException: User: arn:aws:iam::123456789012:user/ci is not authorized to perform: iam:PassRole on resource: "
                    + "arn:aws:iam::123456789012:role/ecsTaskExecutionRole because no identity-based policy allows the iam:PassRole action",
                    Source: FailureSource.Api),
            ],
        },
        new("registry-login", "The execution role {principal} may not ask ECR for a login (ecr:GetAuthorizationToken).",
            "give the execution role ecr:GetAuthorizationToken on resource \"*\": the managed policy AmazonECSTaskExecutionRolePolicy has it", 2)
        {
            Words = [["ecr:getauthorizationtoken"]],
            Examples =
            [
                new(NoLogin + "because no identity-based policy allows the ecr:GetAuthorizationToken action"),
                new(NoLogin + "with an explicit deny in an identity-based policy"),
                new("CannotPullECRContainerError: AccessDeniedException: User: arn:aws:sts::123456789012:assumed-role/ecsTaskExecutionRole/0f "
                    + "is not authorized to perform: ecr:GetAuthorizationToken on resource: *"),
            ],
        },
    ];
}
