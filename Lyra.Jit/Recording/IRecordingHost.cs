using Lyra.Jit.Regions;

namespace Lyra.Jit.Recording;

/// <summary>The part of the interpreter that a recording needs, besides its stacks.</summary>
internal interface IRecordingHost
{
    IFrameHost Frames { get; }

    /// <summary>Whether a recording runs. The interpreter then reports errors, and frames that end without a return.</summary>
    bool IsRecording { set; }

    /// <summary>Whether the interpreter reports every frame that is pushed. This makes calls slower.</summary>
    bool ReportsCalls { set; }

    /// <summary>Makes the interpreter report the return of a frame.</summary>
    void WatchReturn(int frame);
}
