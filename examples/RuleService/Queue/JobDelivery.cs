using System.Threading.Tasks;
using RuleService.Model;

namespace RuleService.Queue;

/// <summary>A job that a consumer holds. The queue delivers it again if the consumer's process ends before it is acknowledged.</summary>
/// <param name="job">The job.</param>
/// <param name="wasDelivered">True if it was delivered before, perhaps to a process that ended while it ran the job.</param>
internal abstract class JobDelivery(Job job, bool wasDelivered)
{
    public Job Job { get; } = job;

    public bool WasDelivered { get; } = wasDelivered;

    /// <summary>Removes the job from the queue. If the queue cannot be reached, the job is delivered again.</summary>
    public abstract Task AcknowledgeAsync();

    /// <summary>Moves the job to the dead-letter queue.</summary>
    public abstract Task RejectAsync();
}
