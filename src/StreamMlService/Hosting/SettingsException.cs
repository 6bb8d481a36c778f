namespace StreamMlService.Hosting;

/// <summary>A setting that the service cannot start with; the message says which and what to do.</summary>
public sealed class SettingsException(string message) : Exception(message);
