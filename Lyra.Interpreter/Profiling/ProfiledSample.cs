using System;

namespace Lyra;

/// <summary>A sample of the stack.</summary>
/// <param name="Call">The <see cref="ProfiledCall.Id"/> of the innermost call.</param>
/// <param name="Time">The time since the sample before.</param>
public sealed record ProfiledSample(int Call, TimeSpan Time);
