import type { ContextBlock, ImageElement, InputBlock, KnownBlock, SectionBlock } from '@slack/types'
import { useId } from 'react'
import { ElementOf } from './elements/element.tsx'
import { WarningIcon } from './icons.tsx'
import { LibraryBlock } from './library-block.tsx'
import { plain, TextOf } from './mrkdwn-text.tsx'
import { useSurface } from './surface.tsx'

/** Draws blocks, one below the other. What can be clicked, and every mrkdwn text, is drawn here; the rest by the library. */
export function Blocks({ blocks }: { blocks: KnownBlock[] }) {
  return (
    <div className="blocks">
      {blocks.map((block, index) => (
        <BlockOf key={block.block_id ?? index} block={block} />
      ))}
    </div>
  )
}

function BlockOf({ block }: { block: KnownBlock }) {
  switch (block.type) {
    case 'section':
      return <Section block={block} />
    case 'context':
      return <Context block={block} />
    case 'header':
      return <h3 className="block-header">{plain(block.text)}</h3>
    case 'divider':
      return <hr className="block-divider" />
    case 'actions':
      return (
        <div className="block-actions" data-block-id={block.block_id}>
          {block.elements.map((element, index) => (
            <ElementOf key={element.action_id ?? index} element={element} blockId={block.block_id ?? ''} sends />
          ))}
        </div>
      )
    case 'input':
      return <Input block={block} />
    default:
      return <LibraryBlock block={block} />
  }
}

function Section({ block }: { block: SectionBlock }) {
  const textId = useId()
  const { accessory } = block
  return (
    <div className="block-section" data-block-id={block.block_id}>
      <div className="section-text" id={textId}>
        {block.text && <TextOf text={block.text} />}
        {block.fields && (
          <div className="section-fields">
            {block.fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have no other identity
              <TextOf key={index} text={field} />
            ))}
          </div>
        )}
      </div>
      {accessory &&
        (accessory.type === 'image' ? (
          <img className="section-image" src={imageOf(accessory)} alt={accessory.alt_text} />
        ) : (
          <ElementOf element={accessory} blockId={block.block_id ?? ''} sends labelledBy={block.text && textId} />
        ))}
    </div>
  )
}

function Context({ block }: { block: ContextBlock }) {
  return (
    <div className="block-context">
      {block.elements.map((element, index) =>
        element.type === 'image' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: context elements have no other identity
          <img key={index} src={imageOf(element)} alt={element.alt_text} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: context elements have no other identity
          <TextOf key={index} text={element} />
        ),
      )}
    </div>
  )
}

function Input({ block }: { block: InputBlock }) {
  const { errors } = useSurface()
  const id = useId()
  const blockId = block.block_id ?? ''
  const error = errors[blockId]
  return (
    <div
      className={`block-input ${error === undefined ? '' : 'is-invalid'}`}
      data-block-id={block.block_id}
      data-focus-on-load={'focus_on_load' in block.element && block.element.focus_on_load}
    >
      <div className="input-label" id={`${id}-label`}>
        {plain(block.label)}
        {block.optional && <span className="input-optional"> (optional)</span>}
      </div>
      <ElementOf
        element={block.element}
        blockId={blockId}
        sends={block.dispatch_action ?? false}
        labelledBy={`${id}-label`}
        describedBy={error || block.hint ? `${id}-more` : undefined}
        invalid={error !== undefined}
      />
      <div id={`${id}-more`}>
        {error && (
          <p className="input-error" role="alert">
            <WarningIcon /> {error}
          </p>
        )}
        {block.hint && <p className="input-hint">{plain(block.hint)}</p>}
      </div>
    </div>
  )
}

/** Where an image is. One uploaded to Slack has no address a browser could open. */
function imageOf(image: ImageElement): string | undefined {
  return 'image_url' in image ? image.image_url : undefined
}
