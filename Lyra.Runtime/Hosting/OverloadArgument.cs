using System;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Hosting;

/// <summary>What is known of an argument before its value is.</summary>
/// <param name="Kind">Its kind; null where it does not matter.</param>
/// <param name="Class">The class of an object of the host; null for another kind.</param>
internal readonly record struct OverloadArgument(ValueKind? Kind, Type? Class = null);
