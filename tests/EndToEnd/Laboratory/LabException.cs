namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>The laboratory could not do what a test asked of it, or what a test waited for did not happen.</summary>
public sealed class LabException(string message) : Exception(message);
