using Slipway.Deployment.Aws;

namespace Slipway.Deployment.Tests.Aws;

public sealed class DenialTests
{
    private const string User = "User: arn:aws:sts::123456789012:assumed-role/deployer/ci is not authorized to perform: ecs:UpdateService on resource: * ";

    [TestCase("because no identity-based policy allows the ecs:UpdateService action", DenyingPolicy.Identity, false)]
    [TestCase("with an explicit deny in an identity-based policy", DenyingPolicy.Identity, true)]
    [TestCase("because no resource-based policy allows the ecs:UpdateService action", DenyingPolicy.Resource, false)]
    [TestCase("with an explicit deny in a resource-based policy", DenyingPolicy.Resource, true)]
    [TestCase("because no permissions boundary allows the ecs:UpdateService action", DenyingPolicy.PermissionsBoundary, false)]
    [TestCase("with an explicit deny in a permissions boundary", DenyingPolicy.PermissionsBoundary, true)]
    [TestCase("because no service control policy allows the ecs:UpdateService action", DenyingPolicy.ServiceControl, false)]
    [TestCase("with an explicit deny in a service control policy", DenyingPolicy.ServiceControl, true)]
    [TestCase("with an explicit deny in a service control policy: arn:aws:organizations::1:policy/o-1/service_control_policy/p-1", DenyingPolicy.ServiceControl, true)]
    [TestCase("with an explicit deny in a resource control policy", DenyingPolicy.ResourceControl, true)]
    [TestCase("because no session policy allows the ecs:UpdateService action", DenyingPolicy.Session, false)]
    [TestCase("because no VPC endpoint policy allows the ecs:UpdateService action", DenyingPolicy.Endpoint, false)]
    [TestCase("", DenyingPolicy.Unknown, false)]
    public void Iams_words_tell_which_policy_stands_in_the_way(string why, DenyingPolicy policy, bool isExplicit)
    {
        var denial = Denial.Find("AccessDeniedException: " + User + why)!;

        Assert.That(denial, Is.EqualTo(new Denial(policy, isExplicit, "ecs:UpdateService")));
        Assert.That(denial.Remedy("ecs:UpdateService") + denial.Why, Does.Contain("ecs:UpdateService").Or.Contain("statement"));
    }

    [TestCase("UnauthorizedOperation: You are not authorized to perform this operation.")]
    [TestCase("AccessDenied: Access Denied")]
    public void Other_services_have_other_words(string text) => Assert.That(Denial.Find(text), Is.EqualTo(new Denial(DenyingPolicy.Unknown, false, null)));

    [TestCase("ClusterNotFoundException: Cluster not found.")]
    [TestCase("ThrottlingException: Rate exceeded")]
    public void Other_failures_are_no_denial(string text) => Assert.That(Denial.Find(text), Is.Null);
}
