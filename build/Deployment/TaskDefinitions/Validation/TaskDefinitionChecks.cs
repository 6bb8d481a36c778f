using Newtonsoft.Json.Linq;

namespace Slipway.Deployment.TaskDefinitions.Validation;

/// <summary>
/// What can be known to be wrong before ECS is asked. Pure, and everything at once. A member or value that no rule knows is
/// at most a warning: the service learns new ones every month.
/// </summary>
public static class TaskDefinitionChecks
{
    /// <summary>Every finding about the document, in the order of the text; those about settings come last.</summary>
    public static IReadOnlyList<Finding> Check(TaskDefinitionDocument document, CheckContext context)
    {
        if (document.Root["taskDefinition"] is JObject inner && document.Root["containerDefinitions"] is null)
        {
            return [document.At(inner, DocumentChecks.Answer, "This is an answer of describe-task-definition.",
                "only the object that stands in 'taskDefinition'")];
        }

        var run = new CheckRun(document, context);
        new ModelChecks(run).Check();
        DocumentChecks.Check(run);
        RoleChecks.Check(run);
        FargateChecks.Check(run);
        PlatformChecks.Check(run);
        ContainerChecks.Check(run);
        PortChecks.Check(run);
        ServicePortChecks.Check(run);
        VolumeChecks.Check(run);
        if (run.Containers.Count > 0) SizeChecks.Check(run);
        foreach (var container in run.Containers)
        {
            ImageChecks.Check(run, container);
            EnvironmentChecks.Check(run, container);
            SecretChecks.Check(run, container);
            HealthChecks.Check(run, container);
            LogChecks.Check(run, container);
        }

        return run.Findings;
    }
}
