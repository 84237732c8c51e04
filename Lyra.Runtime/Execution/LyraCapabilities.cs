using System;

namespace Lyra;

/// <summary>What a script may do besides computing. A host grants nothing unless it says so.</summary>
[Flags]
public enum LyraCapabilities
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Read files below the folders that the options name.</summary>
    ReadFiles = 1,

    /// <summary>Write files below the folders that the options name.</summary>
    WriteFiles = 2,

    /// <summary>Read environment variables.</summary>
    Environment = 4,

    /// <summary>Read the date and time of day.</summary>
    Clock = 8,

    /// <summary>Read from the input stream.</summary>
    Console = 16,

    /// <summary>All of these.</summary>
    All = ReadFiles | WriteFiles | Environment | Clock | Console,
}
