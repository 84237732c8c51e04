using System;
using Lyra.Runtime.Errors;
using Shouldly;

namespace Lyra.Tests.Harness;

/// <summary>The script error that a piece of code throws.</summary>
internal static class ScriptErrors
{
    /// <summary>The error that the code throws; fails if it throws none.</summary>
    public static ErrorObject Of(Action code) => Should.Throw<ScriptErrorException>(code).Error;

    /// <summary>The kind of error that the code throws.</summary>
    public static string KindOf(Action code) => Of(code).ErrorKind;
}
