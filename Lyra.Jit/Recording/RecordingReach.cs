using System;

namespace Lyra.Jit.Recording;

/// <summary>How much of each iteration or call a recording observes.</summary>
/// <param name="Depth">Nested calls that it follows.</param>
/// <param name="InnerIterations">Iterations of an inner loop that it observes at each entry; the others run without traps.</param>
internal readonly record struct RecordingReach(int Depth, int InnerIterations)
{
    /// <summary>
    /// The reach after recordings that became too long. Fewer iterations of inner loops are observed first, because they mostly repeat each
    /// other; calls that are not followed can't be inlined.
    /// </summary>
    /// <param name="tooLong">The number of those recordings.</param>
    /// <param name="tooLarge">The number of recordings of which the region was too large; each halves the depth.</param>
    public RecordingReach After(int tooLong, int tooLarge)
    {
        RecordingReach reach = this with { Depth = Depth >> Math.Min(tooLarge, 31) };
        for (int i = 0; i < tooLong; i++)
        {
            reach = reach.InnerIterations > 1
                ? reach with { InnerIterations = reach.InnerIterations / 2 }
                : reach with { Depth = reach.Depth / 2 };
        }

        return reach;
    }
}
