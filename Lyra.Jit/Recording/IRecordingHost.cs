using Lyra.Jit.Regions;

namespace Lyra.Jit.Recording;

/// <summary>The part of the interpreter that a recording needs, besides its stacks.</summary>
internal interface IRecordingHost
{
    IFrameHost Frames { get; }

    /// <summary>The running recording, to which the interpreter reports what happens; null when none runs.</summary>
    IRecordingEvents? Events { set; }

    /// <summary>Whether the interpreter reports every frame that is pushed. This makes calls slower.</summary>
    bool ReportsCalls { set; }

    /// <summary>Makes the interpreter report the return of a frame.</summary>
    void WatchReturn(int frame);
}
