using System;

namespace Lyra;

/// <summary>The permissions of scripts beyond computing. None is granted by default.</summary>
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
