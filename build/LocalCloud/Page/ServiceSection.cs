using Slipway.LocalCloud.Ecs.Answers;
using Slipway.LocalCloud.Ecs.Model;

namespace Slipway.LocalCloud.Page;

/// <summary>A service on the page: counts, deployments, tasks, events.</summary>
internal static class ServiceSection
{
    private const int ShownTasks = 20;
    private const int ShownEvents = 20;

    public static Html Render(Service service, IReadOnlyList<EcsTask> tasks, DateTimeOffset now)
    {
        var alive = tasks.Where(task => !task.IsStopped).ToList();
        return Html.Of($"""
            <section aria-label="service {service.Name}">
            <h3>Service {service.Name}</h3>
            <p>{service.Status}: {ServiceAnswer.Running(alive)} running, {ServiceAnswer.Pending(alive)} pending, {service.DesiredCount} desired</p>
            {Deployments(service, alive, now)}
            <h3>Tasks</h3>
            {Tasks(tasks, now)}
            <h3>Events</h3>
            {Events(service, now)}
            </section>
            """);
    }

    public static Html Tasks(IEnumerable<EcsTask> tasks, DateTimeOffset now)
    {
        var shown = tasks.OrderBy(task => task.IsStopped).ThenByDescending(task => task.CreatedAt).Take(ShownTasks).ToList();
        return shown.Count == 0 ? Html.Of($"<p class=\"none\">No tasks.</p>") : Table(
            ["Task", "Definition", "Status", "Health", "Target", "Address", "Age", "Why it stopped"],
            shown.Select(task => Html.Of($"""
                <tr><td title="{task.Arn}">{task.Id[..12]}</td><td>{Names.Short(task.TaskDefinitionArn)}</td>
                <td class="{Look(task.LastStatus)}">{task.LastStatus}</td><td class="{Look(task.Health)}">{task.Health}</td>
                <td>{(task.Target == TargetState.None ? "" : task.Target)}</td><td>{task.Address}</td><td>{Age(task.CreatedAt, now)}</td>
                <td class="long">{Stopped(task)}</td></tr>
                """)));
    }

    private static Html Deployments(Service service, IEnumerable<EcsTask> alive, DateTimeOffset now) => Table(
        ["Deployment", "Status", "Definition", "Rollout", "Running", "Failed", "Age", "Why"],
        service.Deployments.Select(deployment => Html.Of($"""
            <tr><td>{deployment.Id}</td><td>{deployment.Status}</td><td>{Names.Short(deployment.TaskDefinitionArn)}</td>
            <td class="{Look(deployment.RolloutState)}">{deployment.RolloutState}</td>
            <td>{ServiceAnswer.Running(alive.Where(task => task.RevisionArn == deployment.RevisionArn))}</td>
            <td>{deployment.FailedTasks}</td><td>{Age(deployment.CreatedAt, now)}</td><td class="long">{deployment.RolloutStateReason}</td></tr>
            """)));

    private static Html Events(Service service, DateTimeOffset now) => service.Events.Length == 0
        ? Html.Of($"<p class=\"none\">No events.</p>")
        : Table(["Age", "Message"], service.Events.Take(ShownEvents).Select(one =>
            Html.Of($"<tr><td>{Age(one.CreatedAt, now)}</td><td class=\"long\">{one.Message}</td></tr>")));

    private static Html Table(IEnumerable<string> columns, IEnumerable<Html> rows) => Html.Of($"""
        <div class="wide"><table><thead><tr>{columns.Select(column => Html.Of($"<th scope=\"col\">{column}</th>"))}</tr></thead>
        <tbody>{rows}</tbody></table></div>
        """);

    private static string Stopped(EcsTask task)
    {
        var codes = string.Join(", ", task.Containers.Where(container => container.ExitCode is not null)
            .Select(container => $"{container.Name} exited with {container.ExitCode}"));
        return codes.Length == 0 ? task.StoppedReason ?? "" : $"{task.StoppedReason} ({codes})";
    }

    private static string Look(string status) => status switch
    {
        EcsTask.Running or EcsTask.Healthy or Deployment.Completed => "good",
        EcsTask.Unhealthy or Deployment.Failed => "bad",
        EcsTask.Stopped or EcsTask.UnknownHealth => "none",
        _ => "busy",
    };

    private static string Age(DateTimeOffset since, DateTimeOffset now) => (now - since) switch
    {
        { TotalSeconds: < 100 } age => $"{Math.Max(0, age.TotalSeconds):0} s",
        { TotalMinutes: < 100 } age => $"{age.TotalMinutes:0} min",
        { TotalHours: < 48 } age => $"{age.TotalHours:0} h",
        var age => $"{age.TotalDays:0} d",
    };
}
