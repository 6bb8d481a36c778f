namespace Slipway.Deployment.Settings.Access;

/// <summary>Something about the settings that is no mistake and still worth a word.</summary>
/// <param name="Text">A sentence, without secrets.</param>
/// <param name="IsWarning">Whether something should be done about it.</param>
public sealed record SettingsRemark(string Text, bool IsWarning);
