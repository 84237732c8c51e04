using System.Threading.Tasks;
using RuleService.Model;

namespace RuleService.Queue;

/// <summary>A job that a consumer holds. The queue delivers it again if the consumer's process ends before it is acknowledged.</summary>
/// <param name="job">The job.</param>
/// <param name="earlier">How often it was delivered before, perhaps to processes that ended while they ran the job.</param>
internal abstract class JobDelivery(Job job, int earlier)
{
    public Job Job { get; } = job;

    public int Earlier { get; } = earlier;

    /// <summary>Removes the job from the queue. If the queue cannot be reached, the job is delivered again.</summary>
    public abstract Task AcknowledgeAsync();

    /// <summary>Moves the job to the dead-letter queue.</summary>
    public abstract Task RejectAsync();
}
