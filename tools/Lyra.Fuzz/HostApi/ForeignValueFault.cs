using System;

namespace Lyra.Fuzz.HostApi;

/// <summary>An engine accepted or refused a value of another engine wrongly.</summary>
/// <param name="message">What it did.</param>
internal sealed class ForeignValueFault(string message) : Exception(message);
