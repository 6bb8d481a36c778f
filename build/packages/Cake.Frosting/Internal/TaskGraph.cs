using Cake.Core;
using Cake.Core.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Cake.Frosting.Internal;

/// <summary>Makes tasks and lifetimes known to the engine.</summary>
internal sealed class TaskGraph(
    ICakeEngine engine,
    IFrostingContext context,
    ICakeLog log,
    IEnumerable<IFrostingTask> tasks,
    IServiceProvider services)
{
    public void Register()
    {
        foreach (var task in tasks)
        {
            Register(task, new TaskShape(task.GetType()));
        }

        RegisterLifetimes();
    }

    private void Register(IFrostingTask task, TaskShape shape)
    {
        if (!context.GetType().IsAssignableTo(shape.ContextType))
        {
            log.Warning(
                "The task '{0}' is left out: the context '{1}' isn't convertible to '{2}'.",
                shape.Name, context.GetType().FullName!, shape.ContextType.FullName!);
            return;
        }

        log.Debug("Registering task: {0}", shape.Name);
        var builder = engine.RegisterTask(shape.Name);
        if (!string.IsNullOrWhiteSpace(shape.Description))
        {
            builder.Description(shape.Description);
        }

        AddMembers(builder, task, shape);
        foreach (var dependency in shape.Dependencies)
        {
            builder.IsDependentOn(NameOf(dependency, "dependency"));
        }

        foreach (var dependee in shape.Dependees)
        {
            builder.IsDependeeOf(NameOf(dependee, "reverse dependency"));
        }
    }

    private void AddMembers(CakeTaskBuilder builder, IFrostingTask task, TaskShape shape)
    {
        if (shape.HasWork)
        {
            builder.Does(task.RunAsync);
        }

        if (shape.Overrides(nameof(IFrostingTask.ShouldRun)))
        {
            builder.WithCriteria(task.ShouldRun, task.SkippedMessage);
        }

        if (shape.ContinuesOnError)
        {
            builder.ContinueOnError();
        }

        if (shape.Overrides(nameof(IFrostingTask.OnError)))
        {
            builder.OnError((exception, _) => task.OnError(exception, context));
        }

        if (shape.Overrides(nameof(IFrostingTask.Finally)))
        {
            builder.Finally(() => task.Finally(context));
        }
    }

    private void RegisterLifetimes()
    {
        if (services.GetService<IFrostingSetup>() is { } setup)
        {
            engine.RegisterSetupAction(info => setup.Setup(context, info));
        }

        if (services.GetService<IFrostingTeardown>() is { } teardown)
        {
            engine.RegisterTeardownAction(info => teardown.Teardown(context, info));
        }

        if (services.GetService<IFrostingTaskSetup>() is { } taskSetup)
        {
            engine.RegisterTaskSetupAction(info => taskSetup.Setup(context, info));
        }

        if (services.GetService<IFrostingTaskTeardown>() is { } taskTeardown)
        {
            engine.RegisterTaskTeardownAction(info => taskTeardown.Teardown(context, info));
        }
    }

    private static string NameOf(Type task, string role)
        => task.IsAssignableTo(typeof(IFrostingTask))
            ? TaskShape.GetName(task)
            : throw new FrostingException($"The {role} '{TaskShape.GetName(task)}' is not a valid task.");
}
